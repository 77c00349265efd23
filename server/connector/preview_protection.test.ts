import { LIMITS } from '../../common/lib/constants';
import type { Send } from '../sentinelone_client/transport';
import { previewProtection } from './preview_protection';

const ports = { sleep: async () => {}, random: () => 0, clock: () => 0 };

it('ends if a tenant always returns a further page', async () => {
  let asked = 0;
  const send: Send = async () => {
    asked += 1;
    return { ok: true, status: 200, body: { data: [], pagination: { nextCursor: 'again' } } };
  };
  const preview = await previewProtection(send, ports, [{ field: 'name', pattern: '*' }]);
  expect(preview).toMatchObject({ ok: true, value: { lookedAt: 0, protectedAgents: 0 } });
  expect(asked).toBe(LIMITS.agentsInPreview / 100);
});
