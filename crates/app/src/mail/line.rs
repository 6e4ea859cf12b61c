//! A conversation with the mail server that is kept for many letters, and says of each what became of it.
//!
//! SMTP cannot tell whether a server has a letter whose end it was sent and never answered (RFC 5321 4.5.3.2.6, RFC 1047): that is
//! [`Fate::Unknown`], and nobody may take it for lost.

use super::MailProblem;
use super::smtp::{self, Outgoing, PATIENCE, Ready, Server};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::Rset;

/// A kept conversation.
pub(crate) struct Line {
    talk: AsyncSmtpConnection,
    broken: bool,
}

/// How a letter fared that was not simply taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The server does not have it.
    NotTaken(MailProblem),
    /// The whole of it was sent, and no answer came.
    Unknown,
}

impl Line {
    pub(crate) async fn open(server: &Server) -> Result<Line, MailProblem> {
        smtp::check(&server.settings)?;
        let open = async {
            let mut talk = smtp::connect(server).await?;
            smtp::greet(&mut talk, server).await?;
            Ok(Line { talk, broken: false })
        };
        tokio::time::timeout(PATIENCE, open).await.unwrap_or(Err(MailProblem::NoAnswer))
    }

    /// Whether another letter can go this way.
    pub(crate) fn holds(&self) -> bool {
        !self.broken
    }

    /// Hands one letter over; `Ok`: the server said that it has it.
    pub(crate) async fn hand_over(&mut self, server: &Server, letter: &Outgoing<'_>) -> Result<(), Fate> {
        let ready = Ready::of(server, letter).map_err(Fate::NotTaken)?;
        let addressed = tokio::time::timeout(PATIENCE, smtp::address_letter(&mut self.talk, ready)).await;
        let message = match addressed.unwrap_or(Err(MailProblem::NoAnswer)) {
            Ok(message) => message,
            Err(problem) => return Err(self.not_taken(problem).await),
        };
        let handed = tokio::time::timeout(PATIENCE, smtp::hand_over(&mut self.talk, &message)).await;
        match handed.unwrap_or(Err(MailProblem::NoAnswer)) {
            Ok(()) => Ok(()),
            Err(MailProblem::NoAnswer | MailProblem::BrokenOff) => {
                self.broken = true;
                Err(Fate::Unknown)
            }
            Err(problem) => Err(self.not_taken(problem).await),
        }
    }

    /// The server is made to forget the addresses of a letter that it refused.
    async fn not_taken(&mut self, problem: MailProblem) -> Fate {
        let answered = !matches!(problem, MailProblem::NoAnswer | MailProblem::BrokenOff);
        let reset = async { answered && self.talk.command(Rset).await.is_ok() };
        self.broken = !tokio::time::timeout(PATIENCE, reset).await.unwrap_or(false);
        Fate::NotTaken(problem)
    }

    /// Says goodbye.
    pub(crate) async fn close(mut self) {
        tokio::time::timeout(PATIENCE, self.talk.abort()).await.ok();
    }
}
