from tests.warehouse.torture import torture


def test_a_writer_killed_at_random_moments_leaves_every_row_once(tmp_path):
    told = torture(tmp_path, 8, seed=6)
    assert told["wrong"] == []
    assert told["polls"]["table"] > 0
