import * as t from 'io-ts';

/** Who acted, as Elasticsearch says it. */
export const actorCodec = t.intersection([
  t.type({
    username: t.string,
    /**
     * Elasticsearch's word for how they proved it: `realm`, `api_key`, `token`, …; `scheduled` for an automatic
     * release, which `username` requested.
     */
    authentication: t.string,
  }),
  t.partial({
    /** The type of the realm that vouched for them: `native`, `saml`, …; `_es_api_key` for an API key. */
    realm: t.string,
    /** Whether another user authenticated and acts as this one (Elasticsearch's `run_as`). */
    runAs: t.boolean,
    /**
     * The API key's name, which its owner chose freely. Kibana names the keys of its rules
     * `Alerting: <rule type>/<rule name>`; so may anybody.
     */
    apiKey: t.string,
    /** The API key's id, which Elasticsearch chose: what tells keys apart. */
    apiKeyId: t.string,
  }),
]);
export type Actor = Readonly<t.TypeOf<typeof actorCodec>>;
