-- A second proof beside the PIN: the key behind the codes of a telephone (RFC 6238), sealed with the device key; empty: none.
-- `code_step`: the time step of the last code that was taken, so that none is taken twice.
ALTER TABLE staff ADD COLUMN code_key BLOB NOT NULL DEFAULT x'';
ALTER TABLE staff ADD COLUMN code_step INTEGER NOT NULL DEFAULT 0;
