"""Making a round: inputs frozen, matched in another process, written in batches, sealed; repeatable at every step."""
