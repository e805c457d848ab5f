/** The control path from the asking side: one story, OpenTunnel. */
package org.noports.client;
