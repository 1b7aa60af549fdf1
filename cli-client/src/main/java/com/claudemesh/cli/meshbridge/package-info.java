/**
 * A topic of one mesh and a topic of another, or of another server, as one conversation: what is posted in either is posted
 * in the other, decrypted and encrypted again, once.
 *
 * <p>Promise: a post is only acknowledged to its server when its copy is on the disk of the other one, and the copy carries
 * an id made of the post's. So a crash or a restart of anything loses and repeats nothing.
 */
@NullMarked
package com.claudemesh.cli.meshbridge;

import org.jspecify.annotations.NullMarked;
