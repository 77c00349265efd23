// Jest gives each test file environment variables of its own.
process.env.KIBANA_VERSION = '9.5';
