/**
 * Entities at run time: what compiled code calls to build, read, change and ask for records. It stands between a
 * program and the store: types and their rules, sessions with snapshots and transactions, saves with hooks and
 * validation, deletes with their references, time travel, and queries as values.
 *
 * <ul>
 * <li>what generated code and hosts call: {@link Entities}, {@link TemporalFunctions}, {@link MigrationFunctions},
 * {@link ApiKeyFunctions}</li>
 * <li>declarations, and what is made of them: {@link EntityDefinition}, {@link FieldDefinition}, {@link FieldCheck},
 * {@link FieldOutline}, {@link EntityCatalog}, {@link EntityType}, {@link EntityField}, {@link EntityCode},
 * {@link Relation}, {@link ValueType}, {@link ValueTypeParser}, {@link ComputedFields}, {@link StoredRules}</li>
 * <li>records in memory: {@link RecordInstance}, {@link Creation}, {@link Copies}, {@link InstanceMembers},
 * {@link PlainRecords}, {@link PlainAssumption}, {@link Link}, {@link LoadGroup}, {@link ReferenceIds},
 * {@link FileLinks}</li>
 * <li>runs and transactions: {@link EntityDatabase}, {@link EntitySession}, {@link SessionState},
 * {@link TransactionScope}, {@link HostTransaction}, {@link Undo}, {@link RetryTurns}, {@link StackReserve},
 * {@link StoreErrors}</li>
 * <li>changes: {@link SaveOperation}, {@link RemoveOperation}, {@link RestoreOperation}, {@link Validation},
 * {@link Hooks}</li>
 * <li>questions: {@link EntityQuery}, {@link QueryMembers}, {@link Conditions}, {@link SortKey}, {@link Cursors},
 * {@link Aggregates}, {@link Graphs}, {@link Trees}</li>
 * <li>the past: {@link TimeTravel}, {@link Moments}, {@link OldRecords}, {@link OldRecordList}</li>
 * </ul>
 */
@NullMarked
package dev.flin.runtime.entity;

import org.jspecify.annotations.NullMarked;
