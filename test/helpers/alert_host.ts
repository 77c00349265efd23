/** The host that an alert should identify. */
export interface AlertHost {
  readonly name: string;
  readonly uuid?: string | null;
  readonly id?: string;
}

type Source = Readonly<Record<string, unknown>>;

/** The fields in which alerts identify their host, nested or as dotted keys. */
const HOST_FIELDS = ['observer', 'host', 'sentinel_one'];

/** The document without some fields, nested or as dotted keys. */
export const withoutFields = (source: Source, fields: readonly string[]): Source =>
  Object.fromEntries(
    Object.entries(source).filter(
      ([key]) => !fields.some((field) => key === field || key.startsWith(`${field}.`))
    )
  );

/** The alert's document with another host in place of its own. */
export const withHost = (source: Source, { name, uuid, id }: AlertHost): Source => ({
  ...withoutFields(source, HOST_FIELDS),
  host: { name, ...(id === undefined ? {} : { id }) },
  ...(uuid == null ? {} : { observer: { serial_number: uuid } }),
});
