//! People and what they may do: the way in and out, the own account, and what an administrator
//! does for others.

pub(super) mod account;
pub(super) mod demo;
mod origin;
pub(super) mod sign_in;
