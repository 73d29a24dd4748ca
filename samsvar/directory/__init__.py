"""Floor 2: what people look up. Now the law cards: rules, the table, a lawyer's changes, doubts and their answers."""
