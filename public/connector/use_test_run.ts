import { useEffect, useState } from 'react';
import { testConnectionResultCodec, type TestConnectionResult } from '../../common/api/connector';
import { SUB_ACTION } from '../../common/lib/constants';
import { isRecord } from '../../common/lib/is_record';
import { useServices } from '../lib/services';

/** Whether a request body asks for a test of the connection. */
function asksForTest(body: unknown): boolean {
  try {
    const { params } = JSON.parse(String(body)) as { params?: { subAction?: unknown } };
    return params?.subAction === SUB_ACTION.testConnection;
  } catch {
    return false;
  }
}

/**
 * The checks of the last test that Kibana's own button **Run** made of this connector. Kibana tells the fields
 * of the Test tab nothing of it, so its request's answer is looked at. Undefined before the first one, and after
 * one that ended with an error: that one Kibana shows itself.
 */
export function useTestRun(connectorId: string | undefined): TestConnectionResult | undefined {
  const { http } = useServices().core;
  const [result, setResult] = useState<TestConnectionResult>();
  useEffect(() => {
    if (connectorId === undefined) return undefined;
    const path = `/api/actions/connector/${encodeURIComponent(connectorId)}/_execute`;
    return http.intercept({
      response: ({ fetchOptions, body }) => {
        if (fetchOptions.path !== path || !asksForTest(fetchOptions.body)) return;
        const data = isRecord(body) && body.status === 'ok' ? body.data : undefined;
        setResult(testConnectionResultCodec.is(data) ? data : undefined);
      },
    });
  }, [http, connectorId]);
  return result;
}
