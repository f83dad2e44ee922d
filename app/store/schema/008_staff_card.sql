-- A card held to the camera beside the PIN: Argon2id over a hash, keyed with the device key, of what its code says; empty: none.
ALTER TABLE staff ADD COLUMN card TEXT NOT NULL DEFAULT '';
