import GRDB

/// The tables of the journal. Migrations go forward only: a file of a newer version than this is not opened.
///
/// Times are milliseconds since 1970. What is only ever read as a whole is JSON.
enum SQLiteSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE deliveries (
                        id TEXT PRIMARY KEY,
                        source TEXT NOT NULL,
                        event TEXT NOT NULL,
                        sender_id TEXT,
                        user TEXT,
                        received_at INTEGER NOT NULL,
                        method TEXT NOT NULL,
                        query TEXT NOT NULL,
                        headers TEXT NOT NULL,
                        body BLOB NOT NULL,
                        decision TEXT NOT NULL,
                        trace TEXT NOT NULL,
                        outcome TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX deliveries_by_source ON deliveries (source, id);
                    CREATE INDEX deliveries_by_age ON deliveries (received_at);

                    CREATE TABLE dedupe_keys (
                        source TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        value TEXT NOT NULL,
                        delivery TEXT NOT NULL,
                        expires_at INTEGER NOT NULL,
                        PRIMARY KEY (source, kind, value)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX dedupe_keys_by_expiry ON dedupe_keys (expires_at);
                    CREATE INDEX dedupe_keys_by_delivery ON dedupe_keys (delivery);

                    -- Ids of runs are never used again: a lease on a run that is gone must hold nothing.
                    CREATE TABLE runs (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        delivery TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
                        route TEXT NOT NULL,
                        buddy TEXT NOT NULL,
                        target TEXT NOT NULL,
                        state TEXT NOT NULL,
                        attempts INTEGER NOT NULL DEFAULT 0,
                        next_attempt_at INTEGER NOT NULL,
                        budget_start INTEGER NOT NULL,
                        lease_number INTEGER NOT NULL DEFAULT 0,
                        lease_until INTEGER,
                        pipeline_number INTEGER,
                        execution INTEGER,
                        patch_sent INTEGER NOT NULL DEFAULT 0,
                        uncertain INTEGER NOT NULL DEFAULT 0,
                        first_look TEXT,
                        last_look TEXT,
                        error TEXT
                    ) STRICT;
                    CREATE INDEX runs_by_delivery ON runs (delivery);
                    CREATE INDEX runs_due ON runs (next_attempt_at) WHERE state = 'pending';
                    CREATE INDEX runs_held ON runs (lease_until) WHERE state = 'running';

                    CREATE TABLE claims (
                        buddy TEXT NOT NULL,
                        domain TEXT NOT NULL,
                        project TEXT NOT NULL,
                        pipeline INTEGER NOT NULL,
                        execution INTEGER NOT NULL,
                        run INTEGER NOT NULL,
                        claimed_at INTEGER NOT NULL,
                        PRIMARY KEY (buddy, domain, project, pipeline, execution)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX claims_by_run ON claims (run);
                    CREATE INDEX claims_by_age ON claims (claimed_at);

                    CREATE TABLE attempts (
                        id INTEGER PRIMARY KEY,
                        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
                        record TEXT NOT NULL
                    ) STRICT;
                    CREATE INDEX attempts_by_run ON attempts (run, id);

                    -- Written to see whether anything can be written.
                    CREATE TABLE probe (id INTEGER PRIMARY KEY, filler BLOB NOT NULL) STRICT;
                    """)
        }
        migrator.registerMigration("2") { db in
            try db.execute(
                sql: """
                    ALTER TABLE deliveries ADD COLUMN credential TEXT;
                    CREATE INDEX deliveries_by_credential ON deliveries (source, credential, received_at);

                    CREATE TABLE rejections (
                        id TEXT PRIMARY KEY,
                        source TEXT NOT NULL,
                        received_at INTEGER NOT NULL,
                        client TEXT NOT NULL,
                        reason TEXT NOT NULL,
                        detail TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX rejections_by_source ON rejections (source, id);
                    CREATE INDEX rejections_by_age ON rejections (received_at);
                    """)
        }
        migrator.registerMigration("3") { db in
            try db.execute(
                sql: """
                    -- What came of a delivery that is gone, for its duplicates.
                    ALTER TABLE dedupe_keys ADD COLUMN outcome TEXT;

                    CREATE INDEX deliveries_by_sender_id ON deliveries (source, sender_id);

                    ALTER TABLE runs ADD COLUMN accepted_at INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE runs ADD COLUMN concurrency_key TEXT;
                    ALTER TABLE runs ADD COLUMN overrun TEXT;
                    -- Its execution was not over when it was last seen, and the next of its key must look again.
                    ALTER TABLE runs ADD COLUMN occupies INTEGER NOT NULL DEFAULT 0;
                    CREATE INDEX runs_by_turn ON runs (concurrency_key, id)
                        WHERE state IN ('pending', 'running') AND concurrency_key IS NOT NULL;
                    CREATE INDEX runs_occupying ON runs (concurrency_key) WHERE occupies = 1;
                    CREATE INDEX runs_by_throttle ON runs (concurrency_key, accepted_at)
                        WHERE state NOT IN ('skipped', 'coalesced') AND concurrency_key IS NOT NULL;

                    DROP INDEX runs_due;
                    DROP INDEX runs_held;
                    CREATE INDEX runs_due ON runs (buddy, next_attempt_at, id) WHERE state = 'pending';
                    CREATE INDEX runs_held ON runs (buddy, lease_until, id) WHERE state = 'running';
                    CREATE INDEX runs_open ON runs (buddy, budget_start) WHERE state IN ('pending', 'running');
                    """)
        }
        migrator.registerMigration("4") { db in
            // The version of the rules that decided.
            try db.execute(sql: "ALTER TABLE deliveries ADD COLUMN rules TEXT")
        }
        return migrator
    }
}
