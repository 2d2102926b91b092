/** The program {@code tickcast}: one subcommand for each thing a user does. It only puts the other modules together. */
package tickcast.cli;
