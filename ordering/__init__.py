"""Printed resources by post: stock, its ledger, and what is kept back for whom."""
