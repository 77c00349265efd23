import { ICON_TYPES } from '@elastic/eui';

/**
 * Icons of EUI 90 and 104 by their names in EUI 121, which no longer knows the old ones. An unknown name is no error
 * there: EUI takes it as the address of an image.
 */
export const RENAMED_ICONS = {
  arrowDown: 'chevronSingleDown',
  arrowLeft: 'chevronSingleLeft',
  arrowRight: 'chevronSingleRight',
  checkInCircleFilled: 'checkCircleFill',
  copyClipboard: 'copy',
  exportAction: 'upload',
  iInCircle: 'info',
  plusInCircle: 'plusCircle',
  popout: 'external',
  tableDensityNormal: 'tableDensityLow',
} as const;

/** The name of an icon in this version of Kibana, whose EUI has the icons `types`. */
export const iconName = (
  name: keyof typeof RENAMED_ICONS,
  types: readonly string[] = ICON_TYPES
): string =>
  types.includes(name) || !types.includes(RENAMED_ICONS[name]) ? name : RENAMED_ICONS[name];
