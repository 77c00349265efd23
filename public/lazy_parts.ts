/** One chunk for pages and flyouts: loaded when one of them is opened. */
export { mountApp } from './app/mount_app';
export { openAlertFlyout } from './alert_flyout/open_alert_flyout';
export { openBulkFlyout } from './bulk_action/open_bulk_flyout';
export { openHostFinder } from './host_finder/open_host_finder';
