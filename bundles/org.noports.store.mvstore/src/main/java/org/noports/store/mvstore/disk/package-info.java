/**
 * The few things that the store asks of a file system, so that a test can put one in its place that
 * forgets what was not forced, or is full. Nothing here knows what the files hold.
 */
package org.noports.store.mvstore.disk;
