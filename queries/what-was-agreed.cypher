// Agreed points and signed or adopted documents of held meetings, newest first.
// Parameters, null where not wanted: $party (person or party), $wanted (topic), $since, $until.
// The meetings are chosen first, by the parameter that an index answers.
CALL {
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $party
  RETURN m
  UNION
  MATCH (one:State)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $party
  RETURN m
  UNION
  MATCH (one:Organization)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $party
  RETURN m
  UNION
  MATCH (one:Topic)<-[:BROADER*0..9]-(:Topic)<-[:ON_TOPIC]-(:AgendaItem)<-[:AGENDA_ITEM]-(m:Meeting)
  WHERE one.iri = $wanted AND $party IS NULL
  RETURN m
  UNION
  UNWIND CASE WHEN coalesce($party, $wanted) IS NULL THEN [1] ELSE [] END AS all
  MATCH (m:Meeting)
  RETURN m
}
WITH m
WHERE m.status = 'held'
  AND ($since IS NULL OR m.endDate >= $since)
  AND ($until IS NULL OR m.date <= $until)
WITH m
MATCH (m)-[:AGENDA_ITEM]->(i:AgendaItem)
WHERE i.treatment = 'agreed'
  AND ($wanted IS NULL OR EXISTS { (i)-[:ON_TOPIC]->(:Topic)-[:BROADER*0..9]->(:Topic {iri: $wanted}) })
WITH m, i
OPTIONAL MATCH (i)-[:ON_TOPIC]->(t:Topic)
WITH m, i, t
UNWIND i.texts AS agreed
RETURN m.iri AS meeting, m.when AS date, m.name AS label, 'point' AS kind, agreed, t.name AS topic, i.by AS by
UNION ALL
CALL {
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $party AND $wanted IS NULL
  RETURN m
  UNION
  MATCH (one:State)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $party AND $wanted IS NULL
  RETURN m
  UNION
  MATCH (one:Organization)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $party AND $wanted IS NULL
  RETURN m
  UNION
  UNWIND CASE WHEN coalesce($party, $wanted) IS NULL THEN [1] ELSE [] END AS all
  MATCH (m:Meeting)-[:PRODUCED]->(:Document)
  RETURN m
}
WITH m
WHERE m.status = 'held'
  AND ($since IS NULL OR m.endDate >= $since)
  AND ($until IS NULL OR m.date <= $until)
WITH m
MATCH (m)-[:PRODUCED]->(d:Document)
WHERE d.status IN ['signed', 'adopted', 'exchanged']
RETURN m.iri AS meeting, m.when AS date, m.name AS label, d.type AS kind, d.title AS agreed, null AS topic, null AS by
