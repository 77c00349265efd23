import { readdirSync } from 'fs';
import { join } from 'path';
import ts from 'typescript';

/** One line of `typings/contracts.json`: a member of our declarations, and where Kibana has it. */
export interface Contract {
  /** The module that we declare. */
  readonly typing: string;
  /** An interface, class, constant or enum in it; absent for the module's own runtime exports. */
  readonly member?: string;
  readonly at: Place;
  /** Where it was read: in the distribution, and in the published sources of later versions where these differ. */
  readonly read: Readonly<Record<string, string>>;
  /** Members that the distribution lacks, with the first version that has them. */
  readonly since?: Readonly<Record<string, string>>;
  /** Members that later versions lack, with the last version that has them. */
  readonly until?: Readonly<Record<string, string>>;
}

/** A declared member, and whether code has to check for it. */
export interface TypedName {
  readonly name: string;
  readonly isOptional: boolean;
}

/**
 * Where the real names are: a module of the distribution (or a browser bundle of it), and what to do
 * there. `call` and `new` run with stand-ins for every argument; `mentions` only looks for the names
 * in the file's text, where nothing better can be had without a running Kibana.
 */
export interface Place {
  readonly module?: string;
  readonly bundle?: string;
  readonly shared?: string;
  readonly mentions?: string;
  readonly call?: string;
  readonly new?: string;
  readonly prototype?: string;
  readonly plugin?: string;
  readonly lifecycle?: 'setup' | 'start';
  readonly path?: readonly string[];
}

const typingsFolder = join(__dirname, '../../typings');

/** A reader of our declarations: the members that a contract's `typing` and `member` declare. */
export function typedNamesReader(): (contract: Contract) => readonly TypedName[] {
  const files = readdirSync(typingsFolder)
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => join(typingsFolder, name));
  const program = ts.createProgram(files, { noEmit: true, skipLibCheck: true, strict: true });
  const checker = program.getTypeChecker();
  const modules = new Map(
    checker.getAmbientModules().map((symbol) => [symbol.name.replace(/"/g, ''), symbol] as const)
  );
  const isAbstract = (symbol: ts.Symbol) =>
    symbol.declarations?.some(
      (node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract) !== 0
    ) === true;
  const isRuntime = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Value) !== 0;

  const typedName = (symbol: ts.Symbol): TypedName => ({
    name: symbol.name,
    isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
  });

  return ({ typing, member }) => {
    const module = modules.get(typing);
    if (module === undefined) throw new Error(`typings/ does not declare ${typing}`);
    const exported = checker.getExportsOfModule(module);
    if (member === undefined) return exported.filter(isRuntime).map(typedName);
    const symbol = exported.find(({ name }) => name === member);
    if (symbol === undefined) throw new Error(`typings/ does not declare ${member} in ${typing}`);
    const isType =
      (symbol.flags & ts.SymbolFlags.Type) !== 0 && !(symbol.flags & ts.SymbolFlags.Enum);
    const type = isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
    return checker
      .getPropertiesOfType(type)
      .filter((property) => !isAbstract(property))
      .map(typedName);
  };
}
