/** Resolve an atSign to the host and port of its atServer, with a cache. */
package org.noports.directory;
