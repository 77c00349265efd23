/** Tests that start a host and speak HTTP have a minute each: a busy machine is no failure. */
jest.setTimeout(60_000);
