# accounts: signing in, accounts, roles
account-sign-in = Sign in
account-sign-out = Sign out
account-name = User name
account-password = Password
account-refused = The user name or the password is not right. Check them and try again.
account-role-administrator = Administrator
account-role-leader = Leader
account-role-supervisor = Department supervisor
account-role-officer = Officer
account-role-auditor = Auditor

## A look inside
account-demo = Have a look inside
account-demo-note = This is a demonstration with simulated data. Choose a role and look around at once, without a password.
account-demo-first = Begin here
account-demo-supervisor = The results of one department: trends, comments, what needs attention
account-demo-leader = The whole centre, and departments compared
account-demo-administrator = Directories, tablets, people and settings
account-demo-officer = One's own results
account-demo-auditor = Everything, the audit log and the proof of the data

## The own account
account-own = Account
account-full-name = Full name
account-role = Role
account-departments = Departments
