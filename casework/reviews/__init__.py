"""Contract review (合同评审): an order is written up, judged, ruled on, and only then accepted."""
