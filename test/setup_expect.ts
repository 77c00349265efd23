import { quickExpect } from './libraries/quick_expect';

Object.assign(globalThis, { expect: quickExpect(expect) });
