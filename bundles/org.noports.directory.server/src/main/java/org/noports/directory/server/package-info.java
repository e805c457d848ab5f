/** The atDirectory itself: answers look-ups, limits enumeration. */
package org.noports.directory.server;
