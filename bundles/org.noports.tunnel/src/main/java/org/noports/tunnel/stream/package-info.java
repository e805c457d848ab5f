/**
 * The streams of one session as the session's multiplexer and its two ends meet them: what is asked
 * for, what answers. Free to change; the wire is the session's.
 */
package org.noports.tunnel.stream;
