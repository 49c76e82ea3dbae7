/**
 * The store itself: transactions over the log and the maps, recovery, checkpoints, migrations, retention. Opened
 * through {@link Stores}.
 *
 * <ul>
 * <li>opening a directory, and its files as one: {@link Stores}, {@link DefaultStore}, {@link Disk},
 * {@link DiskOpening}, {@link MetaFile}, {@link FileState}, {@link OpenFile}, {@link Lease}, {@link StoreState},
 * {@link StaleMaps}, {@link Unfinished}</li>
 * <li>the maps of entities under a schema: {@link Tables}, {@link EntityTable}, {@link Holds}, {@link BlobCounts},
 * {@link IndexBlinding}, {@link UsedKeys}, {@link Vault}</li>
 * <li>writing: {@link StoreTransaction}, {@link Pending}, {@link PendingUniques}, {@link ConflictCheck},
 * {@link CommitQueue}, {@link Change}, {@link Payload}, {@link TransactionCodec}, {@link Applier}, {@link ChangeRing},
 * {@link Temporal}</li>
 * <li>reading: {@link StoreSnapshot}, {@link Reader}, {@link QueryRunner}, {@link Explain}, {@link RecordScan},
 * {@link Stretches}, {@link VersionView}, {@link RecentVersions}</li>
 * <li>reading the past: {@link PastIndex}, {@link PastEntries}, {@link PastRecords}, {@link LeftLately},
 * {@link EntrySort}, {@link ChangeTimes}</li>
 * <li>after a stop: {@link Recovery}, {@link DeferredIndexes}, {@link Forgotten}, {@link LogHistory}, {@link Rebuild},
 * {@link ArchiveRebuild}</li>
 * <li>changes of the schema: {@link MigrationCheck}, {@link MigrationRun}, {@link Resealing}</li>
 * <li>while it works: {@link Maintenance}, {@link Retention}, {@link Scrubber}, {@link Verification},
 * {@link BlobVerification}, {@link MapReading}</li>
 * <li>copies: {@link Backups}, {@link BackupJob}, {@link BackupChain}, {@link BackupMoment}, {@link BlobFiles},
 * {@link Restore}, {@link Salvage}, {@link StoreCopy}, {@link StoreEncryption}</li>
 * </ul>
 */
@NullMarked
package dev.flin.store.engine;

import org.jspecify.annotations.NullMarked;
