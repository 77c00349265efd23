import * as ElasticCharts from '@elastic/charts';
import * as ElasticEui from '@elastic/eui';
import * as EmotionCache from '@emotion/cache';
import * as EmotionReact from '@emotion/react';
import * as KbnDatemath from '@kbn/datemath';
import * as KbnI18n from '@kbn/i18n';
import * as KbnI18nReact from '@kbn/i18n-react';
import * as KbnRison from '@kbn/rison';
import * as ReactQuery from '@tanstack/react-query';
import * as History from 'history';
import * as IoTs from 'io-ts';
import Lodash from 'lodash';
import Moment from 'moment';
import MomentTimezone from 'moment-timezone';
import React from 'react';
import ReactDom from 'react-dom';
import * as ReactRouter from 'react-router';
import * as ReactRouterDom from 'react-router-dom';
import * as Rxjs from 'rxjs';
import * as Uuid from 'uuid';
import { onlyThese } from '../../not_in_the_workbench';
import { asModule } from './as_module';
import { cacheIcons } from './icons';

/**
 * The modules that Kibana gives to every browser bundle (`scripts/build/externals.ts`), under Kibana's
 * names. Each is here once, for the plugin and for the workbench itself: React and its contexts, EUI's
 * theme and emotion's styles only work when everybody means the same copy.
 */
const shared = {
  ElasticCharts: asModule(ElasticCharts),
  ElasticEui: asModule(ElasticEui),
  EmotionCache: asModule(EmotionCache),
  EmotionReact: asModule(EmotionReact),
  History: asModule(History),
  IoTs: asModule(IoTs),
  KbnDatemath: asModule(KbnDatemath),
  KbnI18n: asModule(KbnI18n),
  KbnI18nReact: asModule(KbnI18nReact),
  KbnRison: asModule(KbnRison),
  Lodash,
  Moment,
  MomentTimezone,
  React,
  ReactDom,
  ReactQuery: asModule(ReactQuery),
  ReactRouter: asModule(ReactRouter),
  ReactRouterDom: asModule(ReactRouterDom),
  Rxjs: asModule(Rxjs),
  Uuid: asModule(Uuid),
};

cacheIcons();
Object.assign(window, { __kbnSharedDeps__: onlyThese('__kbnSharedDeps__', shared) });
