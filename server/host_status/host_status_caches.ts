import type { NamedConnector } from '../connector/connectors_in_space';
import { isViewersOwn } from '../lib/typed_error';
import { StatusBoard, type StatusBoardPorts } from './host_status_cache';

export interface StatusBoards {
  readonly of: (spaceId: string, connector: Pick<NamedConnector, 'id' | 'tenant'>) => StatusBoard;
  /** Has the boards of all connectors show nothing that was read before now. */
  readonly forget: () => void;
}

/**
 * One board per space, connector and tenant that it leads to: what another tenant said of an agent with the same
 * id is about another host. There is one connector per space, so they are few.
 */
export function statusBoards(ports: Omit<StatusBoardPorts, 'isViewersOwn'>): StatusBoards {
  const boards = new Map<string, StatusBoard>();
  return {
    of(spaceId, { id, tenant }) {
      const key = JSON.stringify([spaceId, id, tenant]);
      const board = boards.get(key) ?? new StatusBoard({ ...ports, isViewersOwn });
      boards.set(key, board);
      return board;
    },
    forget() {
      for (const board of boards.values()) board.forget();
    },
  };
}
