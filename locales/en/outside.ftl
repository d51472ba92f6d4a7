# outside: exports, the API's page, request ids
outside-request = Request: { $id }

export-nav = Export
export-title = Export ratings
export-about = Each line is one rating. Choose a period and what it is about, see how many there are, then take the file. Each export is kept in the audit log.
export-period-hint = For example 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14
export-all = All
export-comments = With comments
export-count = There are { $count } ratings.
export-none = There are no ratings in this period and choice. Choose another period or a wider choice.
export-too-many = There are more than a sheet of Excel can hold. Take the CSV or Parquet file, or choose a shorter period.
export-privacy = Dossier codes are replaced by a mark: the same dossier has the same mark, and nothing leads back. The file has data of single visits; keep it as the law on personal data says.
export-as-csv = CSV file
export-as-xlsx = Excel file (XLSX)
export-as-parquet = Parquet file
export-sheet = Ratings
export-fault-rows = Too many ratings for an Excel file

export-column-id = Id
export-column-at = Time
export-column-department = Department code
export-column-department-name = Department
export-column-counter = Counter code
export-column-counter-name = Counter
export-column-officer = Officer code
export-column-stage = Stage
export-column-scale = Scale
export-column-level = Level
export-column-level-number = Level (1 is best)
export-column-reasons = Reasons
export-column-aspects = Aspects
export-column-flags = Flags
export-column-source = Source
export-column-simulated = Simulated
export-column-dossier = Dossier mark
export-column-comment = Comment

export-choose-department = Department
export-choose-counter = Counter
export-choose-officer = Officer

export-level-very-satisfied = Very satisfied
export-level-satisfied = Satisfied
export-level-neutral = Neutral
export-level-dissatisfied = Dissatisfied
export-level-very-dissatisfied = Very dissatisfied
export-stage-receive = Receive
export-stage-return = Return
export-scale-five = Five levels
export-scale-three = Three levels
export-source-tablet = Tablet
export-source-imported = Imported

outside-docs = API
outside-docs-about = For other software of the centre. Each request carries a token in the header Authorization: Bearer …; an administrator makes tokens and says what each may do.
outside-docs-file = OpenAPI description (JSON)
outside-docs-scope = Scope: { $scopes }
outside-docs-open = Without a token
outside-docs-parameters = Parameters
outside-docs-body = Body
outside-docs-answers = Answers
outside-docs-schemas = Types
outside-docs-name = Name
outside-docs-kind = Type
outside-docs-meaning = Meaning
outside-docs-required = required
outside-docs-values = Values: { $values }
