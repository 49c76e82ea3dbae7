/**
 * What generated code calls: the context of a run with its limits, operations on values, dynamic dispatch, run-time
 * type checks, and the catalog of built-in functions. Layers of time, randomness, output and services arrive through
 * the context.
 *
 * <ul>
 * <li>a run: {@link FlinContext}, {@link Limits}, {@link Telemetry}, {@link ThreadBound}, {@link TextMemo},
 * {@link Settings}, {@link ApplicationSecret}, {@link Messages}, {@link OneTimeUses}, {@link Outgoing}, {@link Fakes},
 * {@link Failures}</li>
 * <li>operations on values whose types are known: {@link Operations}, {@link Texts}, {@link Slices},
 * {@link PackedLongs}, {@link CountedText}</li>
 * <li>operations on values of any type: {@link Dynamic}, {@link Members}, {@link Indexing}, {@link OpenTexts},
 * {@link Convert}, {@link TypeChecks}, {@link TypeDescriptor}, {@link TypeParser}, {@link ProgramMethods}</li>
 * <li>the catalog of built-ins: {@link Builtin}, {@link Specialized}, {@link BuiltinCatalog}, {@link BuiltinEntry},
 * {@link BuiltinTable}, {@link BuiltinIndex}, {@link BuiltinLine}, {@link BuiltinReader}, {@link BuiltinSignature},
 * {@link BuiltinOverload}, {@link BuiltinDispatch}</li>
 * <li>functions of the host: {@link HostFunction}, {@link HostCalls}</li>
 * <li>text from and for others: {@link HtmlSanitizer}, {@link LogText}</li>
 * </ul>
 */
@NullMarked
package dev.flin.runtime;

import org.jspecify.annotations.NullMarked;
