"""A web on loopback to test and measure collecting with: ordinary sites, hostile sites, a log.

    web = build_web(sites=200)                      # tests.web.build
    with LocalWeb(web) as local:                    # tests.web.local
        resolve, context = local.resolver(), local.trust()
        ...                                         # or in another process: client.load(path)
        assert local.log.max_in_flight_by("company-001.example") == 1

Nothing is imported here, so that a measured client loads no more than `tests.web.client`.
"""
