-- A database as the version before there were migrations made and filled it (PRAGMA journal_mode=WAL was set).
CREATE TABLE conversations (
	id VARCHAR NOT NULL,
	state TEXT NOT NULL,
	turn INTEGER NOT NULL,
	created INTEGER NOT NULL,
	updated INTEGER NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE feedback (
	message_id VARCHAR NOT NULL,
	conversation_id VARCHAR NOT NULL,
	rating VARCHAR NOT NULL,
	comment TEXT NOT NULL,
	created INTEGER NOT NULL,
	PRIMARY KEY (message_id),
	FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE replies (
	conversation_id VARCHAR NOT NULL,
	client_message_id VARCHAR NOT NULL,
	message_id VARCHAR NOT NULL,
	opening VARCHAR,
	reply TEXT NOT NULL,
	PRIMARY KEY (conversation_id, client_message_id),
	FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE,
	UNIQUE (opening)
);
CREATE INDEX conversations_updated ON conversations (updated);
CREATE INDEX replies_message ON replies (message_id);
CREATE INDEX feedback_conversation ON feedback (conversation_id);
INSERT INTO conversations VALUES ('talk-a', '{"version": 1, "country": "CZ"}', 3, 4000000000, 4000000100);
INSERT INTO conversations VALUES ('talk-b', '{"version": 1}', 1, 4000000000, 4000000000);
INSERT INTO replies VALUES ('talk-a', 'one', 'message-1', 'one:a', '{"kind": "clarify", "language": "cs", "entry_id": "roaming-activate", "variants": [], "confidence": 0.9, "country": null, "vehicle": null}');
INSERT INTO replies VALUES ('talk-b', 'one', 'message-2', 'one:b', 'no json');
INSERT INTO replies VALUES ('talk-a', 'two', 'message-3', NULL, '{"kind": "answer", "language": "cs", "entry_id": "roaming-activate", "variants": ["taycan"], "confidence": 0.8, "country": "CZ", "vehicle": {"model": "taycan", "generation": "J1", "model_year": 2021}}');
INSERT INTO feedback VALUES ('message-3', 'talk-a', 'up', 'díky', 4000000100);
