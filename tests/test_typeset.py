from hwgen import pipeline


def test_x(homework):
    import time

    t = time.time()
    b = pipeline.pdf(pipeline.read(homework.request()))
    print(b, time.time() - t)
    for f in b.ledger.short:
        print(f.complaint)
    for f in b.ledger.survivors:
        print(f.survivors)
    assert 0
