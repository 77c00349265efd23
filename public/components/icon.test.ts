import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, selectedName } from '../../test/libraries/packages.cjs';
import { iconName, RENAMED_ICONS } from './icon';

const NAMES = Object.keys(RENAMED_ICONS) as Array<keyof typeof RENAMED_ICONS>;
const PUBLIC = join(__dirname, '..');
const sources = readdirSync(PUBLIC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(join(PUBLIC, file), 'utf8'));

/** The icons of the EUI that KIBANA_VERSION selects. */
const iconsOfEui = (): readonly string[] => {
  const folder = folderOf(selectedName(), '@elastic/eui');
  const file = 'node_modules/@elastic/eui/test-env/components/icon/icon_map.js';
  // eslint-disable-next-line @typescript-eslint/no-var-requires -- another file for each version
  const { typeToPathMap } = require(join(folder, file)) as { readonly typeToPathMap: object };
  return Object.keys(typeToPathMap);
};

it.each(NAMES)('finds the icon %s by its old or its new name', (name) => {
  const renamed = RENAMED_ICONS[name];
  expect(iconName(name, [name])).toBe(name);
  expect(iconName(name, [renamed])).toBe(renamed);
  expect(iconName(name, [name, renamed])).toBe(name);
  expect(iconName(name, [])).toBe(name);
});

it('names only icons that this EUI has', () => {
  const icons = iconsOfEui();
  const literals = sources.flatMap((source) =>
    [...source.matchAll(/icon(?:Type)?(?:=|: )["'](\w+)["']/gi)].map(([, name]) => name!)
  );
  expect(literals.length).toBeGreaterThan(20);
  expect(literals.filter((name) => !icons.includes(name))).toEqual([]);
  expect(NAMES.map((name) => iconName(name, icons)).filter((one) => !icons.includes(one))).toEqual(
    []
  );
});

it('is asked for the name of each icon that was renamed', () => {
  const old = new RegExp(`icon(?:Type)?(?:=|: )["'](?:${NAMES.join('|')})["']`, 'i');
  expect(sources.filter((source) => old.test(source))).toEqual([]);
});
