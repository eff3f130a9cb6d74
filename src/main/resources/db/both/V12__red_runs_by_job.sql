-- When the lanes of an incident were first red, asked with each of its messages.
CREATE INDEX run_red ON run (job, ended_at) WHERE state IN ('failure', 'error');
