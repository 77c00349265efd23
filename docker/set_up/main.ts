import { setUp } from './set_up';

/** The service `set-up` of compose.yml; the addresses are those that it has there. */

const {
  KIBANA_URL: kibana = 'http://127.0.0.1:5601',
  ELASTICSEARCH_URL: elasticsearch = 'http://elasticsearch:9200',
  SIMULATOR_URL: simulator = 'http://127.0.0.1:9911',
  KIBANA_AUTH: auth = 'elastic:elastic-password',
} = process.env;

setUp({ kibana, elasticsearch, simulator, auth }).then(
  (hosts) =>
    console.log(`${hosts} hosts; open http://localhost:5601/app/sentineloneResponse as analyst`),
  (error: Error) => {
    console.error(`The set-up did not finish: ${error.message}`);
    process.exitCode = 1;
  }
);
