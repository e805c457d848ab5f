/** The data path at both ends: entrance, seal, open, exit. */
package org.noports.tunnel;
