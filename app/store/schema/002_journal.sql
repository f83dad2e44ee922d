-- What staff and system did, each row chained to the one before by its hash. No personal data: app/store/journal/event.hpp.
CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    at_ms INTEGER NOT NULL,
    account INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Signed: 'witness', up to where the office knows the chain (also in a file beside the database); 'root', where it begins
-- since older rows were removed.
CREATE TABLE journal_attestation (
    purpose TEXT PRIMARY KEY CHECK (purpose IN ('witness', 'root')),
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
