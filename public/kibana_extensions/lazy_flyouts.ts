/** One chunk for pages and flyouts, loaded when one of them is opened. */
export { mountApp } from '../pages/mount_app';
export { openAlertFlyout } from '../actions/single/alert_flyout';
export { openBulkFlyout } from '../actions/bulk/bulk_flyout';
export { openHostFinder } from '../actions/single/host_finder';
