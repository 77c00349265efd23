import { isViewersOwn } from '../typed_error';
import { StatusBoard, type StatusBoardPorts } from './status_board';

export interface StatusBoards {
  readonly of: (spaceId: string, connectorId: string) => StatusBoard;
  readonly forget: () => void;
}

/** One board per connector and space; there is one connector per space, so they are few. */
export function statusBoards(ports: Omit<StatusBoardPorts, 'isViewersOwn'>): StatusBoards {
  const boards = new Map<string, StatusBoard>();
  return {
    of(spaceId, connectorId) {
      const key = `${spaceId}/${connectorId}`;
      const board = boards.get(key) ?? new StatusBoard({ ...ports, isViewersOwn });
      boards.set(key, board);
      return board;
    },
    forget() {
      for (const board of boards.values()) board.forget();
    },
  };
}
