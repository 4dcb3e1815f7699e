import Bridge

/// The tables of the journal in PostgreSQL. Migrations go forward only: a database of a newer version is not used.
///
/// Times are milliseconds since 1970, flags 0 and 1. What is only ever read as a whole is JSON, as text: `jsonb` cannot
/// hold everything that senders send.
enum PostgreSQLSchema {
    static let migrations = [first, second]

    /// - Throws: ``JournalUnavailable`` when the tables are of a newer version than this.
    static func migrate(_ session: PostgreSQLSession) throws {
        try session.transaction {
            // One process after the other.
            try session.lock("buddy-bridge schema")
            try session.script("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)")
            let row = try session.first("SELECT coalesce(max(version), 0) AS version FROM schema_version")
            let version: Int = try row?.value("version") ?? 0
            guard version <= migrations.count else {
                throw JournalUnavailable("the database was written by a newer version of buddy-bridge")
            }
            for (position, migration) in migrations.enumerated() where position >= version {
                try session.script(migration)
                try session.execute("INSERT INTO schema_version VALUES ($1)", [SQLValue(position + 1)])
            }
        }
    }

    private static let first = """
        CREATE TABLE deliveries (
            id TEXT COLLATE "C" PRIMARY KEY,
            source TEXT COLLATE "C" NOT NULL,
            event TEXT NOT NULL,
            sender_id TEXT COLLATE "C",
            "user" TEXT,
            received_at BIGINT NOT NULL,
            method TEXT NOT NULL,
            query TEXT NOT NULL,
            headers TEXT NOT NULL,
            body BYTEA NOT NULL,
            decision TEXT NOT NULL,
            trace TEXT NOT NULL,
            outcome TEXT NOT NULL,
            credential TEXT
        );
        CREATE INDEX deliveries_by_source ON deliveries (source, id);
        CREATE INDEX deliveries_by_age ON deliveries (received_at);
        CREATE INDEX deliveries_by_credential ON deliveries (source, credential, received_at);
        -- Senders' ids can be longer than an ordered index takes.
        CREATE INDEX deliveries_by_sender_id ON deliveries USING hash (sender_id);

        CREATE TABLE dedupe_keys (
            source TEXT COLLATE "C" NOT NULL,
            kind TEXT COLLATE "C" NOT NULL,
            value TEXT COLLATE "C" NOT NULL,
            delivery TEXT COLLATE "C" NOT NULL,
            expires_at BIGINT NOT NULL,
            outcome TEXT,
            PRIMARY KEY (source, kind, value)
        );
        CREATE INDEX dedupe_keys_by_expiry ON dedupe_keys (expires_at);
        CREATE INDEX dedupe_keys_by_delivery ON dedupe_keys (delivery);

        CREATE TABLE runs (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            delivery TEXT COLLATE "C" NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
            route TEXT NOT NULL,
            buddy TEXT COLLATE "C" NOT NULL,
            target TEXT NOT NULL,
            state TEXT NOT NULL,
            attempts BIGINT NOT NULL DEFAULT 0,
            accepted_at BIGINT NOT NULL,
            next_attempt_at BIGINT NOT NULL,
            budget_start BIGINT NOT NULL,
            lease_number BIGINT NOT NULL DEFAULT 0,
            lease_until BIGINT,
            pipeline_number BIGINT,
            execution BIGINT,
            patch_sent BIGINT NOT NULL DEFAULT 0,
            uncertain BIGINT NOT NULL DEFAULT 0,
            first_look TEXT,
            last_look TEXT,
            error TEXT,
            concurrency_key TEXT COLLATE "C",
            overrun TEXT,
            occupies BIGINT NOT NULL DEFAULT 0
        );
        CREATE INDEX runs_by_delivery ON runs (delivery);
        CREATE INDEX runs_due ON runs (buddy, next_attempt_at, id) WHERE state = 'pending';
        CREATE INDEX runs_held ON runs (buddy, lease_until, id) WHERE state = 'running';
        CREATE INDEX runs_open ON runs (buddy, budget_start) WHERE state IN ('pending', 'running');
        CREATE INDEX runs_by_turn ON runs (concurrency_key, id)
            WHERE state IN ('pending', 'running') AND concurrency_key IS NOT NULL;
        CREATE INDEX runs_occupying ON runs (concurrency_key) WHERE occupies = 1;
        CREATE INDEX runs_by_throttle ON runs (concurrency_key, accepted_at)
            WHERE state NOT IN ('skipped', 'coalesced') AND concurrency_key IS NOT NULL;

        CREATE TABLE claims (
            buddy TEXT COLLATE "C" NOT NULL,
            domain TEXT COLLATE "C" NOT NULL,
            project TEXT COLLATE "C" NOT NULL,
            pipeline BIGINT NOT NULL,
            execution BIGINT NOT NULL,
            run BIGINT NOT NULL,
            claimed_at BIGINT NOT NULL,
            PRIMARY KEY (buddy, domain, project, pipeline, execution)
        );
        CREATE INDEX claims_by_run ON claims (run);
        CREATE INDEX claims_by_age ON claims (claimed_at);

        CREATE TABLE attempts (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            run BIGINT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            record TEXT NOT NULL
        );
        CREATE INDEX attempts_by_run ON attempts (run, id);

        CREATE TABLE rejections (
            id TEXT COLLATE "C" PRIMARY KEY,
            source TEXT COLLATE "C" NOT NULL,
            received_at BIGINT NOT NULL,
            client TEXT NOT NULL,
            reason TEXT NOT NULL,
            detail TEXT NOT NULL
        );
        CREATE INDEX rejections_by_source ON rejections (source, id);
        CREATE INDEX rejections_by_age ON rejections (received_at);

        CREATE TABLE probe (id BIGINT PRIMARY KEY, filler BYTEA NOT NULL);
        """

    /// The version of the rules that decided.
    private static let second = "ALTER TABLE deliveries ADD COLUMN rules TEXT"
}
