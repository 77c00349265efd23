import * as t from 'io-ts';

/** Who performed an action, as Elasticsearch identified them. */
export const actorCodec = t.intersection([
  t.type({
    username: t.string,
    /**
     * Elasticsearch's `authentication_type`: `realm`, `api_key`, `token`, …; `scheduled` for an automatic release,
     * which `username` requested.
     */
    authentication: t.string,
  }),
  t.partial({
    /** The type of the realm that authenticated them: `native`, `saml`, …; `_es_api_key` for an API key. */
    realm: t.string,
    /** Whether another user authenticated and acted as this one (Elasticsearch's `run_as`). */
    runAs: t.boolean,
    /**
     * The API key's name, which its owner chose freely. Kibana names the keys of its rules
     * `Alerting: <rule type>/<rule name>`; any user can choose such a name too.
     */
    apiKey: t.string,
    /** The API key's id, which Elasticsearch chose. It is unique. */
    apiKeyId: t.string,
  }),
]);
export type Actor = Readonly<t.TypeOf<typeof actorCodec>>;
