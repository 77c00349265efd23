/** What a validator of a connector type looks at. */
export enum ValidatorType {
  CONFIG = 0,
  SECRETS = 1,
}
