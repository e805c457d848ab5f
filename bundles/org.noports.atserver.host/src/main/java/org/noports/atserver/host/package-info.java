/** The atServer itself: many atSigns in one process. */
package org.noports.atserver.host;
