/**
 * What people and programs write behind {@code noports proxy}, {@code ssh} and {@code cp}, read
 * into values. Text in, records or a full sentence out; nothing else. OpenSSH fixes what its
 * letters and keywords mean (ssh(1), scp(1), ssh_config(5)); ours are long and stay.
 */
package org.noports.ssh.client.words;
