/**
 * The engine as its hosts use it: Spring Boot, the command line, tests. The only place where the parts are wired
 * together; nothing else imports it.
 *
 * <ul>
 * <li>an engine for its host: {@link FlinEngine}, {@link EngineProperties}, {@link EngineHealth},
 * {@link ServiceProvider}, {@link SourceRoot}, {@link MigrationPlan}, {@link FlinCompilationException}</li>
 * <li>its records for Java: {@link FlinStore}, {@link FlinRepository}, {@link FlinQuery}, {@link FlinPage},
 * {@link FlinSlice}, {@link FlinTransaction}, {@link EntityChange}, {@link FieldChange}, {@link FlinApiKeys},
 * {@link FlinBackups}</li>
 * <li>its tests: {@link FlinTests}, {@link FlinTest}</li>
 * <li>an interactive session: {@link ReplSession}, {@link ReplCompletion}, {@link ReplCandidate}, {@link ReplHelp},
 * {@link SessionText}</li>
 * <li>the inside of an engine: {@link EngineRuntime}, {@link EngineContexts}, {@link EngineLibrary},
 * {@link EngineChecks}, {@link Deployment}, {@link Watchdog}, {@link CompileThreads}</li>
 * <li>from files to an application: {@link ApplicationCompiler}, {@link CompiledApplication},
 * {@link BuiltinReceivers}, {@link RouteChecks}, {@link WebDeclarations}, {@link WebPages}, {@link SignInPages},
 * {@link SystemRoutes}, {@link DiagnosticsPage}, {@link RequestIds}</li>
 * <li>records and their upkeep: {@link EngineStores}, {@link Records}, {@link Upkeep}, {@link ChangeFeed}</li>
 * <li>what the ports of built-ins are by default: {@link KeptFiles}, {@link LocalStorage}, {@link StoredFiles},
 * {@link KeptUses}, {@link UsesInMemory}, {@link RememberedAnswers}, {@link SessionSecret}, {@link OutgoingRules},
 * {@link NoChance}</li>
 * </ul>
 */
@NullMarked
package dev.flin;

import org.jspecify.annotations.NullMarked;
