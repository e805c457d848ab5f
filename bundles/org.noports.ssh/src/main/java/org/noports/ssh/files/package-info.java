/**
 * The account's files over SFTP, as far as one folder: what leads out of it is refused. Free to
 * change; the wire is SFTP versions 3 to 6 as MINA speaks it.
 */
package org.noports.ssh.files;
