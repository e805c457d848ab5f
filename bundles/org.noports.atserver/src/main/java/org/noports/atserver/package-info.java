/** One authenticated session for each of our atSigns: look up, put, notify, monitor, reconnect. */
package org.noports.atserver;
