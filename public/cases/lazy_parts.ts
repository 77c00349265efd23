/** One chunk for what is shown in Kibana's cases: loaded when a case with an action of ours is opened. */
export { CaseAttachmentView, CaseEvent } from './case_attachment';
