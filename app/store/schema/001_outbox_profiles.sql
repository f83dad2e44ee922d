-- The queue of parcels. `bytes` are exactly what is sent; a sealed copy is in the file `slot` until the office acknowledged.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (length(key) = 32),
    reference TEXT NOT NULL,
    procedure TEXT NOT NULL,
    subject TEXT NOT NULL,
    slot TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'refused', 'acknowledged')),
    created_ms INTEGER NOT NULL,
    next_try_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    dossier_code TEXT NOT NULL DEFAULT '',
    acknowledgement TEXT NOT NULL DEFAULT '',
    settled_ms INTEGER,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, created_ms);

-- What returning customers declared: sealed; `name` is a keyed hash of the personal number.
CREATE TABLE profile (
    name TEXT PRIMARY KEY,
    salt BLOB NOT NULL,
    sealed BLOB NOT NULL,
    has_answers INTEGER NOT NULL CHECK (has_answers IN (0, 1)),
    ends_on TEXT NOT NULL,
    saved_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Erasures, replayed after anything is restored from a backup.
CREATE TABLE erasure (
    name TEXT PRIMARY KEY,
    erased_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
