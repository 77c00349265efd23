/** One chunk for what is shown in Kibana's cases: loaded when a case with an action of ours is opened. */
export { CaseAttachmentView } from './case_attachment';
export { CaseEvent } from './case_event';
