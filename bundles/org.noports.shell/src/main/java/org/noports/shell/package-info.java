/** Karaf commands noports:*; formats, never decides. */
package org.noports.shell;
