/**
 * Which bundles may bring algorithms at all: who made them, where they came from, and what they did
 * before. Nothing here is on the wire.
 */
package org.noports.cipher.catalogue.plugin;
